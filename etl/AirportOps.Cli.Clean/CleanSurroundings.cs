using AirportOps.Cli.Hosting;
using AirportOps.Lake;

namespace AirportOps.Cli.Cleaning;

/// <summary>What some runs of <c>clean</c> need beyond files. They are left to the program of all verbs, which has it.</summary>
internal static class CleanSurroundings
{
    internal static IAsyncDisposable Watch(VerbContext _) => throw WholeProgram.TakeOver();

    internal static ILake OpenLake(VerbContext _, string __) => throw WholeProgram.TakeOver();
}
