using System.Diagnostics.Metrics;
using System.Globalization;

namespace AirportOps.Operations.Alerts;

/// <summary>Listens to the meter and finds, whenever asked, what is as it should not be. Safe for concurrent use.</summary>
internal sealed class AlertRules : IDisposable
{
    private readonly AlertOptions _options;
    private readonly TimeProvider _clock;
    private readonly MeterListener _listener = new();
    private readonly Lock _guard = new();
    private readonly Dictionary<string, RefusalRate> _rates = new(StringComparer.Ordinal);
    private readonly List<AlertCondition> _tests = [];
    private readonly Dictionary<string, SortedSet<string>> _testsOfTables = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _gaps = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _setAside = new(StringComparer.Ordinal);
    private Dictionary<(string Stage, string? Stream), TimeSpan> _lags = [];
    private Dictionary<(string Stage, string? Stream), TimeSpan> _retentions = [];
    private Dictionary<string, TimeSpan> _windows = new(StringComparer.Ordinal);

    /// <summary>Begins to listen.</summary>
    internal AlertRules(AlertOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == options.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>Looks at everything that is at work in this process, and at the test runs that ended since the last look.</summary>
    internal IReadOnlyList<AlertCondition> Find()
    {
        lock (_guard)
        {
            // A shard left to another process is measured no more.
            (_lags, _retentions, _windows) = ([], [], new(StringComparer.Ordinal));
        }

        _listener.RecordObservableInstruments();
        lock (_guard)
        {
            List<AlertCondition> found =
            [
                .. _windows.Where(_ => _options.StuckAfter > TimeSpan.Zero).Select(window => Stuck(window.Key, window.Value)),
                .. _rates.Where(_ => _options.QuarantineShare > 0).Select(rate => Refusals(rate.Key, rate.Value)),
                .. _lags.Where(_ => _options.StaleAfter > TimeSpan.Zero).Select(lag => Stale(lag.Key.Stage, lag.Key.Stream, lag.Value)),
                .. _retentions.Where(kept => _lags.ContainsKey(kept.Key)).Select(kept => Retention(kept.Key.Stage, kept.Key.Stream, _lags[kept.Key], kept.Value)),
                .. _gaps.Select(Gap),
                .. _setAside.Select(step => SetAside(step.Key, step.Value)),
                .. _tests,
            ];
            _gaps.Clear();
            _setAside.Clear();
            _tests.Clear();
            return found;
        }
    }

    private static string? TagOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value as string;
            }
        }

        return null;
    }

    private void Count(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument is not ("airportops.events" or "airportops.refused" or "airportops.failed_tests" or "airportops.gaps" or "airportops.gold.set_aside"))
        {
            return;
        }

        var (stage, stream, reason, test) = (TagOf(tags, "stage"), TagOf(tags, "stream"), TagOf(tags, "reason"), TagOf(tags, "test"));
        lock (_guard)
        {
            if (test is not null && instrument is "airportops.failed_tests")
            {
                var table = TableOf(test);
                if (!_testsOfTables.TryGetValue(table, out var failed))
                {
                    _testsOfTables.Add(table, failed = new SortedSet<string>(StringComparer.Ordinal));
                }

                _ = value > 0 ? failed.Add(test) : failed.Remove(test);
            }
            else if (instrument is "airportops.gold.set_aside")
            {
                var step = TagOf(tags, "step") ?? string.Empty;
                _setAside[step] = _setAside.GetValueOrDefault(step) + value;
            }
            else if (instrument is "airportops.gaps")
            {
                _gaps.Add($"{stage} of {stream}/{TagOf(tags, "shard")}");
            }
            else if (stage is "silver" && stream is not null)
            {
                if (!_rates.TryGetValue(stream, out var rate))
                {
                    _rates.Add(stream, rate = new RefusalRate(_options.QuarantineOver));
                }

                rate.Add(_clock.GetUtcNow(), instrument is "airportops.events" ? value : 0, instrument is "airportops.refused" ? value : 0, reason);
            }
        }
    }

    private void Measure(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument is not ("airportops.lag" or "airportops.retention" or "airportops.gold.age" or "airportops.window.age" or "airportops.test.duration"))
        {
            return;
        }

        var (stage, stream, shard) = (TagOf(tags, "stage"), TagOf(tags, "stream"), TagOf(tags, "shard"));
        var time = TimeSpan.FromSeconds(value);
        lock (_guard)
        {
            switch (instrument)
            {
                case "airportops.window.age":
                    _windows[$"{stream}/{shard}"] = time;
                    break;
                case "airportops.retention":
                    _retentions[(stage ?? string.Empty, stream)] = time;
                    break;
                case "airportops.test.duration":
                    _tests.AddRange(_testsOfTables.Select(table => Tests(table.Key, table.Value)));
                    break;
                default:
                    var place = (stage ?? string.Empty, stream);
                    _lags[place] = _lags.TryGetValue(place, out var other) && other > time ? other : time;
                    break;
            }
        }
    }

    /// <summary><c>gold.fact_flight.status.not_null</c> is of <c>gold.fact_flight</c>; a test of several tables has a name without a dot.</summary>
    private static string TableOf(string test)
    {
        var parts = test.Split('.');
        return parts.Length < 2 ? test : $"{parts[0]}.{parts[1]}";
    }

    private AlertCondition Stuck(string place, TimeSpan age)
    {
        var isMet = age >= _options.StuckAfter;
        return new(
            AlertKind.StuckWindow,
            place,
            isMet,
            isMet
                ? $"The window of shard {place} has been open for {Words(age)}; alerts begin at {Words(_options.StuckAfter)}."
                : $"The windows of shard {place} are committed in time again.",
            IsShared: false,
            IsOccurrence: false);
    }

    private AlertCondition Refusals(string stream, RefusalRate rate)
    {
        var (events, refused, most) = rate.Sum(_clock.GetUtcNow());
        var share = events == 0 ? 0 : refused / (double)events;
        var isMet = events >= _options.QuarantineEvents && share >= _options.QuarantineShare;
        var figures = string.Create(CultureInfo.InvariantCulture, $"{refused} of {events} events in {Words(_options.QuarantineOver)} ({share:P1})");
        return new(
            AlertKind.QuarantineRate,
            stream,
            isMet,
            isMet
                ? string.Create(CultureInfo.InvariantCulture, $"Stream {stream}: {figures} were refused, most for {most}; alerts begin at {_options.QuarantineShare:P1}.")
                : $"Stream {stream}: {figures} were refused, few enough again.",
            IsShared: true,
            IsOccurrence: false);
    }

    private AlertCondition Stale(string stage, string? stream, TimeSpan lag)
    {
        var place = stream is null ? stage : $"{stage} of {stream}";
        var isMet = lag >= _options.StaleAfter;
        return new(
            AlertKind.Stale,
            place,
            isMet,
            isMet
                ? $"Stage {place} is {Words(lag)} behind; alerts begin at {Words(_options.StaleAfter)}."
                : $"Stage {place} is {Words(lag)} behind, little enough again.",
            IsShared: stage is "bronze" or "silver",
            IsOccurrence: false);
    }

    private static AlertCondition Retention(string stage, string? stream, TimeSpan lag, TimeSpan kept)
    {
        var place = $"{stage} of {stream}";
        var isMet = lag >= kept / 2;
        return new(
            AlertKind.Retention,
            place,
            isMet,
            isMet
                ? $"Stage {place} is {Words(lag)} behind, half or more of the {Words(kept)} that the stream keeps its records: behind that they are lost."
                : $"Stage {place} is {Words(lag)} behind, less than half of what the stream keeps again.",
            IsShared: true,
            IsOccurrence: false);
    }

    private static AlertCondition Gap(string place) => new(
        AlertKind.Gap,
        place,
        IsMet: true,
        $"Stage {place} found a gap: the stream no longer has, or may not have, all that comes after the stage's last record.",
        IsShared: false,
        IsOccurrence: true);

    private static AlertCondition SetAside(string step, long keys) => new(
        AlertKind.SetAside,
        step,
        IsMet: true,
        string.Create(CultureInfo.InvariantCulture, $"Step {step} of Gold fails of {keys} keys: they are set aside with their events, and the rest is built."),
        IsShared: false,
        IsOccurrence: true);

    private static AlertCondition Tests(string table, SortedSet<string> failed) => new(
        AlertKind.FailedTest,
        table,
        failed.Count > 0,
        failed.Count > 0 ? $"Data tests of {table} failed: {string.Join(", ", failed)}." : $"All data tests of {table} hold again.",
        IsShared: false,
        IsOccurrence: true);

    private static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
    };
}
