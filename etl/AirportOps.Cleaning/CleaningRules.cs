using AirportOps.Cleaning.Fields;

namespace AirportOps.Cleaning;

/// <summary>What the cleaner can do to an event, by name.</summary>
public static class CleaningRules
{
    /// <summary>
    /// The version of the rules. It changes with every change that can give another row, refusal or hash from the same bytes,
    /// and stands in each window's manifest.
    /// </summary>
    public const string Version = "2";

    /// <summary>Every id that a row's <c>repairs</c> can name, sorted by bytes.</summary>
    public static IReadOnlyList<string> RepairIds { get; } = RepairTable.Ids;

    /// <summary>Every reason for which an event can be refused, in the order in which they are tried.</summary>
    public static IReadOnlyList<string> RefusalReasons { get; } = ReasonTable.All;
}
