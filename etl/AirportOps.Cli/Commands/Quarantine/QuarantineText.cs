using System.Text;
using AirportOps.Pipeline.Quarantine;

namespace AirportOps.Cli.Commands.Quarantine;

/// <summary>Refused events as text.</summary>
internal static class QuarantineText
{
    /// <summary>The bytes as far as they are wanted, in one line; what is not UTF-8 as U+FFFD.</summary>
    internal static string Shortened(QuarantinedEvent refused, int maxBytes)
    {
        var raw = refused.Raw.Span;
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, maxBytes)]).ReplaceLineEndings(" ");
        return raw.Length > maxBytes ? text + "…" : text;
    }

    /// <summary>The day of arrival, UTC.</summary>
    internal static string Day(QuarantinedEvent refused) => refused.Arrived[.."yyyy-MM-dd".Length];

    /// <summary>What became of it: <c>refused</c>, <c>row</c> or <c>duplicate</c>.</summary>
    internal static string State(QuarantineEntry entry) => entry.Resolution?.Kind switch
    {
        null => "refused",
        ResolutionKind.Row => "row",
        _ => "duplicate",
    };
}
