namespace AirportOps.Simulator.Network;

/// <summary>Other ways to write an airline's or airport's code. Only those that no second code of the reference tables could mean.</summary>
/// <param name="Icao">ICAO code; null when there is none that means only this.</param>
/// <param name="Name">Full name; null when several codes bear it.</param>
internal sealed record Spelling(byte[]? Icao, byte[]? Name);
