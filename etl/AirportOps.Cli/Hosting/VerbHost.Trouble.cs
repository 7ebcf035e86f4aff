using AirportOps.Ingest;
using AirportOps.Lake;
using AirportOps.Pipeline;
using AirportOps.Streams;
using AirportOps.Warehouse;

namespace AirportOps.Cli.Hosting;

internal sealed partial class VerbHost
{
    /// <summary>Whether an exception says by itself what is wrong outside the program and what to do.</summary>
    internal static bool IsOutsideTrouble(Exception exception) => exception is StreamException or LakeException or PipelineException
        or WarehouseException or FlightFileException or IOException or UnauthorizedAccessException;
}
