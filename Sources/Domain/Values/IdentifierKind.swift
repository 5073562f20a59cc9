/// The kinds of identifiers.
package enum IdentifierKind {
    package enum Customer {}
    package enum Device {}
    package enum Instalment {}
    package enum AccessDebt {}
    package enum Payment {}
    package enum InboxMessage {}
    package enum OutboxMessage {}
    package enum Token {}
    package enum Question {}
    package enum Ticket {}
    package enum Entry {}
    package enum Person {}
    package enum Payout {}
    package enum Broadcast {}
    package enum Alert {}
    package enum Appliance {}
    package enum Sale {}
    package enum ServicePlan {}
    package enum TokenRequest {}
    package enum KeyChange {}
}
