using System.Globalization;
using System.Text;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Parquet;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Warehouse.Tests.Loading;

/// <summary>Makes windows of Silver rows, without a cleaner.</summary>
public sealed class SilverLake : IDisposable
{
    internal const string Stream = "events";

    private readonly DirectoryInfo _folder = TestFolder.Create();
    private readonly Dictionary<string, long> _ordinals = [];
    private readonly Dictionary<string, string> _lastSequences = [];

    public SilverLake() => Lake = FileLake.Open(_folder.FullName, TimeProvider.System);

    public ILake Lake { get; }

    /// <summary>A window whose cleaning also dropped a duplicate, refused two events and repaired a row.</summary>
    internal static WindowManifest WithOutcomes(WindowManifest window) => window with
    {
        Ledger = window.Ledger with
        {
            Events = window.Ledger.Rows + 3,
            Duplicates = 1,
            Refused = new Dictionary<string, long> { ["not_json"] = 2 },
            Repairs = new Dictionary<string, long> { ["trimmed"] = 1 },
        },
    };

    /// <summary>The next window of a shard.</summary>
    internal Task<WindowManifest> WindowAsync(string shard, Entity entity, params IReadOnlyList<SilverRow> rows) =>
        WindowAsync(shard, entity, SilverSchema.Of(entity).Columns, rows);

    /// <summary>The next window of a shard, its files of other columns than this version's.</summary>
    internal async Task<WindowManifest> WindowAsync(string shard, Entity entity, IReadOnlyList<ParquetColumn> columns, IReadOnlyList<SilverRow> rows)
    {
        var ordinal = _ordinals[shard] = _ordinals.GetValueOrDefault(shard) + 1;
        var files = new List<WindowFile>();
        foreach (var day in rows.GroupBy(row => DateOnly.FromDateTime(row.EventTime)).OrderBy(day => day.Key))
        {
            var content = Encode(columns, shard, [.. day]);
            var key = string.Create(CultureInfo.InvariantCulture, $"silver/{entity.Name()}/event_date={day.Key:yyyy-MM-dd}/{shard}-{ordinal}.parquet");
            await Lake.PutAsync(key, content, PutMode.Overwrite, TestContext.Current.CancellationToken);
            files.Add(new WindowFile(entity.Name(), day.Key, key, day.Count(), content.Length, []));
        }

        var before = _lastSequences.GetValueOrDefault(shard);
        var last = _lastSequences[shard] = rows.Count.ToString(CultureInfo.InvariantCulture);
        return new WindowManifest
        {
            Stream = Stream,
            Shard = shard,
            Ordinal = ordinal,
            FirstSequence = "1",
            LastSequence = last,
            LastSequenceBefore = before,
            FirstArrived = ArrivalOf(rows),
            LastArrived = ArrivalOf(rows),
            Watermark = rows.Count == 0 ? null : new DateTimeOffset(rows.Max(row => row.EventTime)),
            Ledger = new WindowLedger
            {
                Records = rows.Count,
                Events = rows.Count,
                Rows = rows.Count,
                Duplicates = 0,
                Refused = new Dictionary<string, long>(),
                Repairs = new Dictionary<string, long>(),
            },
            Files = files,
            Quarantine = [],
            Rules = "test",
            Reference = "test",
        };
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Rows arrive a second after the latest of them happened.</summary>
    private static DateTimeOffset ArrivalOf(IReadOnlyList<SilverRow> rows) =>
        rows.Count == 0 ? DateTimeOffset.UnixEpoch : new DateTimeOffset(rows.Max(row => row.EventTime), TimeSpan.Zero).AddSeconds(1);

    private static byte[] Encode(IReadOnlyList<ParquetColumn> columns, string shard, IReadOnlyList<SilverRow> rows)
    {
        var schema = new ParquetSchema(columns);
        using var output = new MemoryStream();
        using var writer = new ParquetWriter(output, schema, new ParquetWriterOptions());
        var group = writer.StartRowGroup(rows.Count);
        foreach (var column in schema.Columns)
        {
            var values = rows.Select((row, index) => row.Value(column.Name, shard, index)).ToList();
            byte[] levels = values.Contains(null) ? [.. values.Select(value => value is null ? (byte)0 : (byte)1)] : [];
            var present = values.OfType<object>().ToList();
            switch (column.Type)
            {
                case ParquetType.Utf8:
                    var texts = present.Select(value => Encoding.UTF8.GetBytes((string)value)).ToList();
                    int[] offsets = [0, .. texts.Select((_, index) => texts.Take(index + 1).Sum(text => text.Length))];
                    group.WriteUtf8([.. texts.SelectMany(text => text)], offsets, levels);
                    break;
                case ParquetType.Int32:
                    group.WriteInt32([.. present.Cast<int>()], levels);
                    break;
                case ParquetType.Date:
                    group.WriteInt32([.. present.Select(value => ((DateOnly)value).DayNumber - new DateOnly(1970, 1, 1).DayNumber)], levels);
                    break;
                case ParquetType.Double:
                    group.WriteDouble([.. present.Cast<double>()], levels);
                    break;
                case ParquetType.TimestampMicros:
                    group.WriteInt64([.. present.Select(value => ((DateTime)value - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)], levels);
                    break;
                default:
                    throw new InvalidOperationException($"{column.Type}");
            }
        }

        writer.Finish();
        return output.ToArray();
    }
}
