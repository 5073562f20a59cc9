import Store
import Messages
import Domain

/// Reminds contractors of the deadlines of their jobs.
extension JobDesk {
    /// Reminds contractors of deadlines: the day before, and one, three and seven days after.
    func remind(_ step: Step) throws {
        let local = step.company.calendar.wallTime(at: step.now)
        guard let minute = local.minute, settings.reminderHours.contains(minute: minute) else { return }
        for job in try step.jobs.withDeadline() {
            // No reminder shortly after the offer.
            guard let deadline = job.deadline, let kind = Self.reminder(deadline, local.date),
                step.now.since(job.offeredAt) >= .seconds(12 * 3_600),
                try step.jobs.noteReminder(kind, of: job.ticket, at: step.now),
                let contractor = try step.people.person(job.contractor), !contractor.isRetired
            else { continue }
            try tell(
                contractor, kind == "before" ? .jobReminder : .jobOverdue,
                ["number": "\(job.ticket)", "task": job.task, "deadline": deadline.description], job.ticket, by: nil,
                step)
            if kind != "before" {
                try step.alert(
                    .job, ["number": "\(job.ticket)", "name": contractor.name, "text": "late since \(deadline)"])
            }
        }
    }

    /// The reminder that is due on a day. A later reminder replaces the missed ones before it.
    static func reminder(_ deadline: CalendarDate, _ today: CalendarDate) -> String? {
        switch today.daysSince1970 - deadline.daysSince1970 {
        case -1...0: "before"
        case 1...2: "late1"
        case 3...6: "late3"
        case 7...: "late7"
        default: nil
        }
    }
}
