using AirportOps.Cli.Hosting;
using AirportOps.Lake;

namespace AirportOps.Cli.Cleaning;

/// <summary>What some runs of <c>clean</c> need beyond files, and the program of <c>clean</c> alone has not.</summary>
internal static class CleanSurroundings
{
    /// <summary>Metrics and alerts.</summary>
    internal static IAsyncDisposable Watch(VerbContext context) => StageWatch.Start(context);

    /// <summary>A lake to read from.</summary>
    internal static ILake OpenLake(VerbContext context, string place) => context.Places.OpenLake(place);
}
