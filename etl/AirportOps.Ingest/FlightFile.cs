using System.Globalization;
using AirportOps.Files;
using AirportOps.Ingest.Families;
using AirportOps.Ingest.Legs;
using AirportOps.Ingest.Rows;
using AirportOps.Reference;
using CsvHelper;
using CsvHelper.Configuration;

namespace AirportOps.Ingest;

/// <summary>
/// A file of real flight records, CSV or gzip or zip of it whatever its name, read row by row as clean events. Which family it is its
/// header tells. For one thread at a time.
/// </summary>
public sealed class FlightFile : IDisposable
{
    private const string BundledName = "bts_us_2015-01-01_to_2015-01-03.csv.gz";

    /// <summary>A field longer than this is what follows a quote that is never closed.</summary>
    private const double MaxFieldCharacters = 4096;

    private const int BufferBytes = 64 * 1024;

    private readonly CsvParser _parser;
    private readonly FlightRow _row;
    private readonly FlightHeader _header;
    private readonly LegReader _legs;
    private readonly LegEvents _events;
    private readonly FlightLeg _leg = new();
    private bool _badQuotes;

    private FlightFile(string name, Stream content, ReferenceTables reference)
    {
        Name = name;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => _badQuotes = true,
            BufferSize = BufferBytes,
            MaxFieldSize = MaxFieldCharacters,
        };
        _parser = new CsvParser(new StreamReader(content, bufferSize: BufferBytes), configuration);
        _row = new FlightRow(_parser);
        _header = ReadRow()
            ? new FlightHeader(_parser.Record!)
            : throw new FlightFileException($"{Name}: the file is empty; expected a header line with column names.", innerException: null);
        var family = FlightFamilies.Recognise(_header)
            ?? throw new FlightFileException($"{Name}: {FlightFamilies.ExplainMismatch(_header)}", innerException: null);
        var columns = family.FindIn(_header);
        Family = family.Name;
        MissingColumns = family.Missing(_header);
        UnknownColumns = [.. _header.Columns.Where(column => !columns.Contains(column)).Select(column => column.Name)];
        _legs = new LegReader(columns, new KnownCodes(reference));
        _events = new LegEvents(family.Name);
    }

    /// <summary>The file's path, for messages.</summary>
    public string Name { get; }

    /// <summary>What kind of file it is, as its events' source says.</summary>
    public string Family { get; }

    /// <summary>The columns that files of its family usually have and this one has not. What they would tell stays unknown.</summary>
    public IReadOnlyList<string> MissingColumns { get; }

    /// <summary>Its columns that no field of an event is read from.</summary>
    public IReadOnlyList<string> UnknownColumns { get; }

    /// <summary>What was read so far.</summary>
    public FlightFileCounts Counts { get; private set; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="reference">The airlines and airports that are known, and the airports' zones.</param>
    /// <exception cref="FlightFileException">The file can't be read, or its header is of no known family.</exception>
    public static FlightFile Open(string path, ReferenceTables reference)
    {
        try
        {
            return Open(path, File.OpenRead(path), reference);
        }
        catch (InputFormatException unread)
        {
            throw new FlightFileException(unread.Message, unread);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FlightFileException($"{path}: {exception.Message} Name a file that can be read.", exception);
        }
    }

    /// <summary>Opens the records that come with the product: three days of the whole US network, 46,125 rows.</summary>
    /// <param name="reference">The airlines and airports that are known, and the airports' zones.</param>
    public static FlightFile OpenBundled(ReferenceTables reference) =>
        Open(BundledName, typeof(FlightFile).Assembly.GetManifestResourceStream(BundledName)!, reference);

    /// <summary>Fills a batch with the events of the next rows, in the order of the file.</summary>
    /// <param name="batch">What it held before is gone, also the memory behind its events.</param>
    /// <param name="maxRows">How many rows to read at most, from 1.</param>
    /// <returns>Whether rows were read; false at the file's end.</returns>
    /// <exception cref="FlightFileException">The file can't be read on. The batch is empty and not counted; what came before stands.</exception>
    public bool Read(FlightEventBatch batch, int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        batch.Clear();
        var rows = 0;
        try
        {
            for (; rows < maxRows && ReadLeg(_leg, out var refused); rows++)
            {
                if (refused is null)
                {
                    _events.Write(_leg, batch);
                }
                else
                {
                    batch.Add(refused);
                }
            }
        }
        catch (FlightFileException)
        {
            batch.Clear();
            throw;
        }

        var refusals = batch.Refused.Count;
        Counts = new FlightFileCounts(
            Counts.Rows + rows, Counts.Legs + rows - refusals, Counts.Events + batch.Count, Counts.Refused + refusals);
        return rows > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    /// <summary>Reads the next row as a leg, or says why it is none. For checks; moves no count.</summary>
    /// <returns>False at the file's end.</returns>
    internal bool ReadLeg(FlightLeg leg, out RefusedRow? refused)
    {
        refused = null;
        _badQuotes = false;
        if (!ReadRow()) return false;
        _row.Start(_header);
        _legs.Read(_row, leg);
        if (_badQuotes) _row.Refuse("a quote stands where none may");
        if (_row.Fault is { } fault) refused = new RefusedRow(_parser.RawRow, fault);
        return true;
    }

    /// <summary>The line in the file of the row read last.</summary>
    internal long Line => _parser.RawRow;

    internal static FlightFile Open(string name, Stream file, ReferenceTables reference)
    {
        try
        {
            // A zip of BTS holds its terms beside the table.
            return new FlightFile(name, InputContent.Open(file, name, IsCsv), reference);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private bool ReadRow()
    {
        try
        {
            return _parser.Read();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new FlightFileException(
                $"{Name}, after line {_parser.RawRow}: {exception.Message.TrimEnd('.')}. Fetch the file again, or decompress it first.", exception);
        }
        catch (MaxFieldSizeException exception)
        {
            throw new FlightFileException(
                $"{Name}, line {_parser.RawRow}: a field is longer than {MaxFieldCharacters} characters. Look there for a quote that is never closed.",
                exception);
        }
    }
}
