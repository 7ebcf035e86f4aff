using System.CommandLine;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Commands;

/// <summary><c>ingest</c>: recorded data into a stream.</summary>
internal static class IngestCommand
{
    internal static Command Create(VerbHost host) => new("ingest", "Send recorded data as events to a stream")
    {
        IngestFlightsVerb.Create(host), IngestEventsVerb.Create(host),
    };
}
