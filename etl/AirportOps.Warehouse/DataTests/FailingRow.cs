namespace AirportOps.Warehouse.DataTests;

/// <summary>A row that fails a test.</summary>
/// <param name="Key">Its natural key, parts with a blank between them, <c>-</c> for a null; as <c>AA 100 - 2026-03-01 JFK</c>.</param>
/// <param name="Detail">What is wrong with it.</param>
public readonly record struct FailingRow(string Key, string Detail);
