using AirportOps.Cli.Output;

namespace AirportOps.Cli.Hosting;

internal sealed partial record VerbContext
{
    /// <summary>The places that the settings name. Made anew at each call: a copy of this record may have other settings.</summary>
    internal Places Places => new(Settings, new LineLogger(Error, LogLevel), Clock);
}
