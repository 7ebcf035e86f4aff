namespace AirportOps.Cli;

/// <summary>What the program says to its caller.</summary>
internal static class ExitCode
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int Usage = 2;
}
