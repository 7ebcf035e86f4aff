using System.Globalization;
using System.Text;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Tests.Silver;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Tests.Quarantine;

/// <summary>
/// A scene whose rules were too strict at first: records over 200 bytes were refused. White space makes an event too large without making it
/// another one.
/// </summary>
internal sealed class ReplayScene : IAsyncDisposable
{
    internal const int StrictBytes = 200;

    internal SilverScene Silver { get; } = new();

    internal static SilverOptions Strict(int windowRecords = 1000) =>
        SilverScene.Windows(windowRecords) with { Cleaning = new CleanerOptions { MaxRecordBytes = StrictBytes } };

    /// <summary>An event that only the strict rules refuse.</summary>
    internal static string Large(string clean) => clean + new string(' ', StrictBytes);

    /// <summary>A reading with another content than that of the same number.</summary>
    internal static string Other(int n) => SilverScene.Reading(n).Replace(".5}", ".25}", StringComparison.Ordinal);

    /// <summary>
    /// Clean, too large, doubled, unreadable events and records of several, in an order that the seed decides. Equal ids have equal content.
    /// </summary>
    internal static IReadOnlyList<string> Mixture(int seed)
    {
        var random = new Random(seed);
        var events = Enumerable.Range(0, 60).SelectMany(n => random.Next(8) switch
        {
            0 => [Large(SilverScene.Reading(n))],
            1 => [Large(SilverScene.Reading(n)), Large(SilverScene.Reading(n))],
            2 => [Large(SilverScene.Reading(n)), SilverScene.Reading(n)],
            3 => ["not json" + n.ToString(CultureInfo.InvariantCulture)],
            4 => [Large($$"""{"event_id":"w{{n}}","event_type":"weather"}""")],
            5 => [Large($$"""[{{SilverScene.Reading(1000 + n)}},{"event_type":"tide{{n}}"},{{SilverScene.Reading(2000 + n)}}]""")],
            _ => (string[])[SilverScene.Reading(n)],
        }).ToArray();
        random.Shuffle(events);
        return events;
    }

    /// <summary>Sends events one by one, so that all are on one shard.</summary>
    internal async Task SendInOrderAsync(params IEnumerable<string> events)
    {
        foreach (var data in events)
        {
            await Silver.SendAsync(data);
        }
    }

    internal Task<ReplayOutcome> ReplayAsync(
        QuarantineFilter? filter = null,
        bool isDryRun = false,
        ILake? lake = null,
        SilverOptions? options = null,
        StageProgress? progress = null) =>
        new QuarantineReplay(lake ?? Silver.Lake, ReferenceTables.Default, options ?? SilverScene.Windows(1000), progress ?? new StageProgress("replay"))
            .RunAsync(filter ?? QuarantineFilter.All, isDryRun, TestContext.Current.CancellationToken);

    internal async Task<IReadOnlyList<QuarantineEntry>> QuarantineAsync(QuarantineFilter? filter = null, bool withResolved = false)
    {
        var entries = new List<QuarantineEntry>();
        var reading = new QuarantineCatalog(Silver.Lake).ReadAsync(filter ?? QuarantineFilter.All, withResolved, TestContext.Current.CancellationToken);
        await foreach (var entry in reading)
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Every object of the lake with its bytes.</summary>
    internal async Task<IReadOnlyList<string>> LakeAsync()
    {
        var objects = new List<string>();
        await foreach (var found in Silver.Lake.ListAsync(string.Empty, null, TestContext.Current.CancellationToken))
        {
            objects.Add($"{found.Key} {Convert.ToHexString(await Silver.Lake.GetAsync(found.Key, TestContext.Current.CancellationToken))}");
        }

        return objects;
    }

    /// <summary>An outcome as text, to compare whole.</summary>
    internal static string Spell(ReplayOutcome outcome)
    {
        var text = new StringBuilder();
        foreach (var group in outcome.Groups)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{group.Reason}: {group.Tried} tried, {group.Rows} rows, {group.Duplicates} duplicates, refused {string.Join(' ', group.Refused)}\n");
        }

        return text.AppendJoin(' ', outcome.Windows).ToString();
    }

    internal static string Raw(QuarantineEntry entry) => Encoding.UTF8.GetString(entry.Event.Raw.Span);

    public ValueTask DisposeAsync() => Silver.DisposeAsync();
}
