namespace AirportOps.Warehouse.Gold;

/// <summary>A step of a build that is done: a script, and what it changed in the table it fills.</summary>
/// <param name="BuildNumber">The build's number; the steps of one that a conflict undid come again under the same.</param>
/// <param name="Name">The script's name without number and ending; for one that fills a table, that table's.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="FillsTable">Whether it fills a table; the counts are 0 otherwise.</param>
/// <param name="Inserted">Rows that are new.</param>
/// <param name="Changed">Rows of which a value changed.</param>
/// <param name="Removed">Rows that the events no longer make.</param>
public sealed record GoldStep(long BuildNumber, string Name, TimeSpan Elapsed, bool FillsTable, long Inserted, long Changed, long Removed);
