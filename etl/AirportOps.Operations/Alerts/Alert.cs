using System.Globalization;
using System.Text;

namespace AirportOps.Operations.Alerts;

/// <summary>One message to an operator.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Place">Where.</param>
/// <param name="State">Why it is sent.</param>
/// <param name="Text">What is so, in one line that ends in a full stop.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Suppressed">How often it came up again since the last message and was held back.</param>
public sealed record Alert(AlertKind Kind, string Place, AlertState State, string Text, DateTimeOffset Since, int Suppressed)
{
    /// <summary>The longest subject that a topic takes, in characters.</summary>
    private const int MaxSubject = 100;

    /// <summary>The kind as attributes and logs name it, for instance <c>stuck_window</c>.</summary>
    public string KindName => NameOf(Kind);

    /// <summary>The state likewise: <c>raised</c>, <c>lasting</c>, <c>recovered</c>.</summary>
    public string StateName => State.ToString().ToLowerInvariant();

    /// <summary>A subject of printable ASCII in one line, at most 100 characters.</summary>
    public string Subject
    {
        get
        {
            var subject = $"AirportOps {StateName}: {KindName.Replace('_', ' ')}, {Place}";
            subject = string.Concat(subject.Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
            return subject.Length <= MaxSubject ? subject : $"{subject[..(MaxSubject - 3)]}...";
        }
    }

    /// <summary>The message: what, since when, what was held back, what to do.</summary>
    public string Body
    {
        get
        {
            var body = new StringBuilder();
            body.Append(Text).Append('\n');
            body.Append(CultureInfo.InvariantCulture, $"{(State is AlertState.Recovered ? "It was so since" : "Since")} {Since:yyyy-MM-dd'T'HH:mm:ss'Z'}.\n");
            if (Suppressed > 0)
            {
                body.Append(CultureInfo.InvariantCulture, $"It came up {Suppressed} more times since the last message; those were held back.\n");
            }

            if (State is not AlertState.Recovered)
            {
                body.Append(Advice(Kind)).Append('\n');
            }

            body.Append(CultureInfo.InvariantCulture, $"kind={KindName} state={StateName} place={Place}\n");
            return body.ToString();
        }
    }

    /// <summary>A kind's name in snake case.</summary>
    internal static string NameOf(AlertKind kind) => kind switch
    {
        AlertKind.StuckWindow => "stuck_window",
        AlertKind.QuarantineRate => "quarantine_rate",
        AlertKind.FailedTest => "failed_test",
        AlertKind.Stale => "stale",
        AlertKind.Retention => "retention",
        AlertKind.Gap => "gap",
        AlertKind.SetAside => "set_aside",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Advice(AlertKind kind) => kind switch
    {
        AlertKind.StuckWindow => "Nothing is lost. Look at silver's log for trouble with the lake, then at 'airportops status'; a restart goes on after the last window.",
        AlertKind.QuarantineRate => "The events are kept. 'airportops quarantine list' says why; after a fix 'airportops quarantine replay' tries them again.",
        AlertKind.FailedTest => "ops.test_failure has the rows; 'airportops gold test --select TABLE' tries again.",
        AlertKind.Retention => "Nothing is lost yet. Start the stage, or give it more workers; or let the stream keep its records longer until it has caught up.",
        AlertKind.Gap => "The stage's log says what is gone. Without --accept-gap the stage has stopped; with it the gap is noted, and 'airportops status' shows it.",
        AlertKind.SetAside => "ops.key_set_aside says which keys and why; 'airportops gold retry' takes them up again once that is mended.",
        _ => "Nothing is lost. 'airportops status' says where each stage stands; look at the log of the stage for what it waits for, or give it more workers.",
    };
}
