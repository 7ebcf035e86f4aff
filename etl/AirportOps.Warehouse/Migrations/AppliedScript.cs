namespace AirportOps.Warehouse.Migrations;

/// <summary>A row of the journal.</summary>
/// <param name="Name">The script's file name.</param>
/// <param name="Kind">When it runs.</param>
/// <param name="Checksum">Of the content that ran; null when another runner applied it and kept none.</param>
/// <param name="AppliedAt">When it was committed, UTC; null likewise.</param>
/// <param name="Duration">How long it took; null likewise.</param>
internal sealed record AppliedScript(string Name, ScriptKind Kind, string? Checksum, DateTimeOffset? AppliedAt, TimeSpan? Duration);
