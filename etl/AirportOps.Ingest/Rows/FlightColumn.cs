namespace AirportOps.Ingest.Rows;

/// <summary>A column of a flight file.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Name">Its name as the header spells it.</param>
internal readonly record struct FlightColumn(int Index, string Name);
