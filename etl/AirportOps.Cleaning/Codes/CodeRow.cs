namespace AirportOps.Cleaning.Codes;

/// <summary>A reference row as the lookups see it.</summary>
internal readonly record struct CodeRow(string Iata, string? Icao, string Name, bool IsActive);
