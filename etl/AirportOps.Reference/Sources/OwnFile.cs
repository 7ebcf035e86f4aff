using System.Globalization;
using System.Security.Cryptography;
using AirportOps.Reference.Time;

namespace AirportOps.Reference.Sources;

/// <summary>A reference file of the user's own: CSV in UTF-8 whose first line names its columns, in any order.</summary>
internal static class OwnFile
{
    private const long MaxBytes = 64 << 20;

    private static readonly string[] AirportColumns =
        ["iata", "name", "time_zone", "icao", "city", "country", "latitude", "longitude", "altitude_feet"];

    private static readonly string[] AirlineColumns = ["iata", "name", "icao", "callsign", "country", "active"];

    /// <summary>Reads airports: <c>iata</c>, <c>name</c> and <c>time_zone</c> are required.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">Takes the content.</param>
    internal static List<Airport> Airports(string path, IncrementalHash hash) => Read(path, hash, AirportColumns, 3, row => new Airport(
        row.Code(0, Codes.AirportLength),
        row.OptionalCode(3, 4),
        row.Required(1),
        row[4],
        row[5],
        row.Number(6, -90, 90),
        row.Number(7, -180, 180),
        (int)row.Number(8, -2_000, 30_000),
        row.Zone(2)) { Source = ReferenceSource.Own });

    /// <summary>Reads airlines: <c>iata</c> and <c>name</c> are required; <c>active</c> is <c>Y</c> unless it says <c>N</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">Takes the content.</param>
    internal static List<Airline> Airlines(string path, IncrementalHash hash) => Read(path, hash, AirlineColumns, 2, row => new Airline(
        row.Code(0, Codes.AirlineLength),
        row.OptionalCode(2, 3),
        row.Required(1),
        row[3],
        row[4],
        row[5] is null or "Y" or "y") { Source = ReferenceSource.Own });

    private static List<T> Read<T>(string path, IncrementalHash hash, string[] columns, int required, Func<Line, T> toRow)
    {
        byte[] content;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
            {
                throw new ReferenceFileException($"The reference file {path} is larger than {MaxBytes >> 20} MiB; is it the right one?", null);
            }

            content = File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ReferenceFileException($"The reference file {path} can't be read: {unreadable.Message}", unreadable);
        }

        hash.AppendData(content);
        var header = DelimitedRows.Csv.Read(content).FirstOrDefault() ?? [];
        if (columns.Take(required).Where(column => !header.Contains(column)).ToList() is { Count: > 0 } missing)
        {
            throw new ReferenceFileException(
                $"The reference file {path} has no column {string.Join(", ", missing)}; its first line names the columns: {string.Join(',', columns)}", null);
        }

        return [.. DelimitedRows.Csv.Numbered(content, columns).Select(line => toRow(new Line(path, line.Number, columns, line.Fields)))];
    }

    /// <summary>A line of such a file.</summary>
    private sealed record Line(string Path, int LineNumber, string[] Columns, string?[] Values)
    {
        internal string? this[int column] => Values[column];

        internal string Required(int column) => Values[column] ?? throw Wrong(column, "is missing");

        internal string Code(int column, int length) =>
            Codes.IsCode(Required(column), length) ? Values[column]! : throw Wrong(column, $"is '{Values[column]}', not {length} upper-case letters or digits");

        internal string? OptionalCode(int column, int length) => Values[column] is null ? null : Code(column, length);

        internal string Zone(int column) =>
            LocalClock.Find(Required(column)) is not null ? Values[column]! : throw Wrong(column, $"is '{Values[column]}', which is not an IANA zone such as Europe/Berlin");

        internal double Number(int column, double min, double max) => Values[column] is not { } text ? 0
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
            : throw Wrong(column, string.Create(CultureInfo.InvariantCulture, $"is '{text}', not a number from {min} to {max}"));

        private ReferenceFileException Wrong(int column, string what) =>
            new($"The reference file {Path}, line {LineNumber}: {Columns[column]} {what}; correct the line", null);
    }
}
