namespace AirportOps.Warehouse.Migrations;

/// <summary>A script and where it stands.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Kind">When it runs.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AppliedAt">When it was last applied, UTC; null if never or unknown.</param>
/// <param name="Duration">How long that took; null likewise.</param>
public sealed record ScriptStatus(string Name, ScriptKind Kind, ScriptState State, DateTimeOffset? AppliedAt, TimeSpan? Duration);
