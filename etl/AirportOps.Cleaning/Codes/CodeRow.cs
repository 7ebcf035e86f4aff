using AirportOps.Reference;

namespace AirportOps.Cleaning.Codes;

/// <summary>A reference row as the lookups see it.</summary>
internal readonly record struct CodeRow(ReferenceSource Source, string Iata, string? Icao, string Name, bool IsActive);
