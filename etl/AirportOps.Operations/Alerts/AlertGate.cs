namespace AirportOps.Operations.Alerts;

/// <summary>
/// Decides what of the findings is sent: for each kind and place one alert in <see cref="AlertOptions.Every"/> while it lasts or comes and goes, and one when it is over.
/// For one caller at a time.
/// </summary>
/// <param name="memory">What was sent before.</param>
/// <param name="every">See <see cref="AlertOptions.Every"/>.</param>
/// <param name="owner">Names this process.</param>
/// <param name="clock">The clock.</param>
internal sealed class AlertGate(AlertMemory memory, TimeSpan every, string owner, TimeProvider clock)
{
    /// <summary>How much later than due a process that raised an alert may say that it lasts, before others take it for gone.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>Since when each is so, as this process has seen.</summary>
    private readonly Dictionary<(AlertKind, string), DateTimeOffset> _met = [];

    private readonly HashSet<(AlertKind, string)> _looked = [];

    /// <summary>Takes a finding.</summary>
    /// <returns>What is to be sent, or null; and whether it was held back.</returns>
    internal async Task<(Alert? Alert, bool IsSuppressed)> PassAsync(AlertCondition condition, CancellationToken cancellationToken)
    {
        var place = (condition.Kind, condition.Place);
        var now = clock.GetUtcNow();
        if (!condition.IsMet)
        {
            _met.Remove(place);
            return (await RecoverAsync(condition, now, cancellationToken).ConfigureAwait(false), false);
        }

        var isNew = _met.TryAdd(place, now) || condition.IsOccurrence;
        var record = memory.Known(condition.Kind, condition.Place);
        if (isNew || record is null || now - record.SentAt >= every)
        {
            // Another process may have told meanwhile.
            _looked.Add(place);
            record = await memory.ReadAsync(condition.Kind, condition.Place, cancellationToken).ConfigureAwait(false);
        }

        if (record is not null && now - record.SentAt < every)
        {
            if (isNew)
            {
                await memory.WriteAsync(condition.Kind, record with { Suppressed = record.Suppressed + 1 }, cancellationToken).ConfigureAwait(false);
            }

            return (null, isNew);
        }

        var isLasting = record is { IsRaised: true };
        var since = isLasting ? record!.Since : _met[place];
        var suppressed = record?.Suppressed ?? 0;
        await memory.WriteAsync(
            condition.Kind, new AlertRecord(Alert.NameOf(condition.Kind), condition.Place, true, now, since, 0, owner), cancellationToken).ConfigureAwait(false);
        return (new Alert(condition.Kind, condition.Place, isLasting ? AlertState.Lasting : AlertState.Raised, condition.Text, since, suppressed), false);
    }

    private async Task<Alert?> RecoverAsync(AlertCondition condition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What an earlier process raised is looked up once.
        var record = _looked.Add((condition.Kind, condition.Place))
            ? await memory.ReadAsync(condition.Kind, condition.Place, cancellationToken).ConfigureAwait(false)
            : memory.Known(condition.Kind, condition.Place);
        if (record is not { IsRaised: true }
            || (condition.IsShared && record.Owner != owner && now - record.SentAt < every + Slack))
        {
            return null;
        }

        await memory.WriteAsync(condition.Kind, record with { IsRaised = false, Suppressed = 0, Owner = owner }, cancellationToken).ConfigureAwait(false);
        return new Alert(condition.Kind, condition.Place, AlertState.Recovered, condition.Text, record.Since, record.Suppressed);
    }
}
