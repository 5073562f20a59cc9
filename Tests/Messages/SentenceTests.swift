import Domain
import Foundation
import TestSupport
import Testing

@testable import Messages

/// Sentences of people that must or must not be read as certain intents.
@Suite("Sentences that are easily misread")
struct SentenceTests {
    @Test(
        "danger is recognised",
        arguments: [
            "I got a shock from the meter", "my meter has burnt", "the transformer burnt",
            "There is a fallen pole near school", "power line fell on the road", "cable is hanging low",
            "live wire on the road", "Nimepigwa na umeme", "umeme umenipiga", "mtu amenaswa na umeme",
            "j'ai recu un choc", "esta a arder", "Send my token and my balance and the pole fell on our roof",
            "naomba token yangu pia salio pia nguzo imeanguka", "kuna moto kwenye nyumba", "HATARI",
        ])
    func danger(text: String) { #expect(shipped.people.read(text).intents == [.safety]) }

    @Test(
        "other texts are not read as danger",
        arguments: [
            "I bought five units", "I spoke to your agent", "I am buying units", "Who am I speaking to",
            "The meter showed error 30", "my pump motor stopped", "Mtoto wangu ameharibu mita", "Nimepata uniti chache",
            "Niko Moshi mjini", "Chaque jour il y a un probleme", "Posso pagar com cheque", "Ma moto ne demarre pas",
            "Quero pagar a minha moto",
        ])
    func noDanger(text: String) { #expect(shipped.people.read(text).intent != .safety) }

    @Test(
        "STOP alone is an order",
        arguments: [
            "STOP", "stop please", "SIMAMISHA", "ACHA", "SITISHA", "ARRET", "PARAR", "stop pub", "Stop.",
            "tafadhali acha",
        ])
    func optOut(text: String) { #expect(shipped.people.read(text).intents == [.optOut]) }

    @Test(
        "a stop word inside another text opts nobody out",
        arguments: [
            "Aha", "shop", "step", "I want to cancel", "Cancel 0412345678", "stop the meter please", "end",
            "stop the meter",
        ])
    func noOptOut(text: String) { #expect(shipped.people.read(text).intent != .optOut) }

    @Test(
        "thanks alone are an acknowledgement",
        arguments: [
            "asante sana", "thank you very much", "ok thanks", "merci beaucoup", "obrigado", "sawa",
        ])
    func thanks(text: String) { #expect(shipped.people.read(text).intents == [.acknowledgement]) }

    @Test(
        "a problem with thanks is not an acknowledgement",
        arguments: [
            "Naomba msaada, mita yangu inaonyesha E5. Asante", "Asante lakini bado sijaona fundi",
            "thanks, my meter blinks red since monday", "merci beaucoup mais le technicien n'est pas venu",
        ])
    func noThanks(text: String) { #expect(shipped.people.read(text).intent != .acknowledgement) }

    @Test(
        "a customer who paid and has no token is not sent an old one",
        arguments: [
            "Where is my token I paid 5000", "Nimelipa 5000 tokeni yangu iko wapi", "I paid but my token has not come",
            "Paguei ontem onde esta meu codigo", "my token was wrong",
        ])
    func paid(text: String) {
        #expect([.paymentClaim, .tokenProblem].contains(shipped.people.read(text).intent))
    }

    @Test("a typo in a keyword is tolerated", arguments: ["blance", "salo", "balanc", "saldo", "soldee"])
    func slips(text: String) { #expect(shipped.people.read(text).intents == [.balance]) }

    @Test(
        "a language is recognised by its name",
        arguments: [
            ("en francais svp", "fr"), ("Ecrivez en francais", "fr"), ("english", "en"), ("language sw", "sw"),
            ("kwa kiswahili tafadhali", "sw"),
        ])
    func languages(text: String, code: String) { #expect(shipped.people.read(text).slots.languageTo == code) }

    @Test(
        "a text that says done completes a job",
        arguments: [
            "done", "Finishd", "kazi 1 imekamilika", "ticket 1 termine", "trabalho feito", "nimemaliza kazi",
            "c'est fini", "#1 ok nimemaliza", "Ticket 1 done. replaced breaker", "fixed it", "ok done",
            "nimemaliza kazi, nimebadilisha breaker na waya", "2 breakers replaced, done",
        ])
    func done(text: String) { #expect(shipped.people.readJob(text).answer == .done) }

    @Test(
        "a yes accepts a job",
        arguments: [
            "YES", "ok", "Ndio nitakuja kesho asubuhi", "d'accord", "Sim, vou fazer", "NAKUBALI",
            "sawa nitakuja kesho asubuhi", "no problem", "hapana shida", "#12 yes", "je viens demain",
        ])
    func accepted(text: String) { #expect(shipped.people.readJob(text).answer == .accepted) }

    @Test(
        "a no declines a job",
        arguments: [
            "no", "siwezi kazi hiyo bei ndogo", "je ne peux pas", "nao posso", "sorry I cannot do it this week",
            "No I am busy", "non",
        ])
    func declined(text: String) { #expect(shipped.people.readJob(text).answer == .declined) }

    @Test(
        "an unclear answer about a job has no meaning and goes to staff",
        arguments: [
            "I dont have the parts", "I haven't finished", "It isn't done yet", "I have not repaired it",
            "Power is not restored", "I will complete it on Friday", "It will be fixed on monday",
            "The pole has to be replaced", "nothing done", "Niko tayari", "Pesa imeisha", "Il fait nuit",
            "En fait je suis malade", "le poteau doit etre remplace", "Estou pronto para comecar",
            "Tenho que substituir o cabo", "O poste nao foi consertado", "Bom dia dona Maria", "yes no", "is it done?",
            "not done yet", "sijamaliza", "bado sijamaliza", "pas encore fini", "when will the parts come?",
            "#1 need new meter box, will come thursday",
        ])
    func unclear(text: String) { #expect(shipped.people.readJob(text).answer == nil) }
}
