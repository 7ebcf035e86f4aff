namespace AirportOps.Cli.Demo;

/// <summary>What the demo simulates beside the real flights.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Mess">Share of them that get something done to them, 0…1.</param>
/// <param name="Seed">Where the luck comes from.</param>
internal sealed record DemoOptions(long Events, double Mess, ulong Seed);
