namespace AirportOps.Reliability;

/// <summary>Whose fault a failure is. It alone decides what is done about it.</summary>
public enum Fault
{
    /// <summary>
    /// A place outside the program is away, busy, full, or asks for fewer requests. It comes back without anybody touching the program: wait,
    /// with growing pauses, for as long as it takes.
    /// </summary>
    Outside,

    /// <summary>
    /// The program's own: work that lost a conflict and is undone as a whole, or an error in the program. The same work may pass: try it a few
    /// times, then somebody must act.
    /// </summary>
    Ours,

    /// <summary>Somebody must act: a setting, a permission, something missing or damaged. The same work fails the same way until then.</summary>
    Operator,
}
