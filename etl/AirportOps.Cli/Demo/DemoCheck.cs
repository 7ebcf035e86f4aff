using System.Globalization;

namespace AirportOps.Cli.Demo;

/// <summary>Two counts that must be equal.</summary>
/// <param name="What">What they count.</param>
/// <param name="Expected">The one.</param>
/// <param name="Found">The other.</param>
internal sealed record DemoCheck(string What, long Expected, long Found)
{
    internal bool Holds => Expected == Found;

    internal string?[] ToRow() =>
        [What, Expected.ToString("N0", CultureInfo.InvariantCulture), Found.ToString("N0", CultureInfo.InvariantCulture), Holds ? "ok" : "DIFFERS"];
}
