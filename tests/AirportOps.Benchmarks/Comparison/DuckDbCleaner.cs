using System.Globalization;
using System.Text;
using AirportOps.Benchmarks.Input;
using AirportOps.Cleaning.Fields;
using AirportOps.DuckDb;
using AirportOps.Reference;

namespace AirportOps.Benchmarks.Comparison;

/// <summary>Cleans a file of events with DuckDB: runs <c>clean.sql</c> on all cores.</summary>
internal static class DuckDbCleaner
{
    /// <summary>The verb that runs it in a process of its own.</summary>
    internal const string Verb = "duckdb";

    /// <summary>Cleans one file and prints how many rows and refused events came of it.</summary>
    /// <param name="input">The file, a record a line.</param>
    /// <param name="output">A folder that is not there yet.</param>
    internal static int Run(string input, string output)
    {
        var reference = Path.Combine(output, "reference");
        Directory.CreateDirectory(reference);
        File.WriteAllLines(Path.Combine(reference, "codes.tsv"), Codes(ReferenceTables.Default));
        File.WriteAllLines(Path.Combine(reference, "aliases.csv"), Aliases());
        File.WriteAllText(Path.Combine(reference, "words.csv"), Resource("words.csv"));
        using var session = new DuckDbSession();
        var counts = session.Query(Sql(input, output, reference)).Rows[0];
        Console.WriteLine($"{counts[0]} rows, {counts[1]} refused");
        return 0;
    }

    /// <summary>Has DuckDB write the rows of Parquet files anew, all columns, Snappy.</summary>
    /// <param name="folder">A folder with Parquet files below it.</param>
    /// <returns>Bytes of what it wrote, into a file that is gone again.</returns>
    internal static long Rewritten(string folder)
    {
        var copy = Path.Combine(folder, "rewritten.parquet.tmp");
        using var session = new DuckDbSession();
        session.Query($"COPY (FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = false)) TO '{copy}' (FORMAT parquet, COMPRESSION snappy)");
        var bytes = new FileInfo(copy).Length;
        File.Delete(copy);
        return bytes;
    }

    private static string Sql(string input, string output, string reference)
    {
        var names = FieldTable.All.Select(info => info.Name).ToList();
        var named = names.Select(name => $"arg_min(text, rank) FILTER (field = '{name}') AS {name}");
        return Resource("clean.sql")
            .Replace("{names}", string.Join('|', names), StringComparison.Ordinal)
            .Replace("{named_fields}", string.Join(", ", named), StringComparison.Ordinal)
            .Replace("{struct}", "{" + string.Join(",", names.Select(name => $"\"{name}\":\"VARCHAR\"")) + "}", StringComparison.Ordinal)
            .Replace("{input}", input, StringComparison.Ordinal)
            .Replace("{output}", output, StringComparison.Ordinal)
            .Replace("{reference}", reference, StringComparison.Ordinal)
            .Replace("{arrived}", SampleRecords.Arrived.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(DuckDbCleaner).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Codes(ReferenceTables tables) =>
        tables.Airlines.Select(row => $"airline\t{row.Iata}\t{row.Icao}\t{row.Name}\t\t{Rank(row.Source, row.IsActive)}")
            .Concat(tables.Airports.Select(row =>
                $"airport\t{row.Iata}\t{row.Icao}\t{row.Name}\t{tables.FindAirport(row.Iata)!.TimeZone}\t{Rank(row.Source, true)}"))
            .Prepend("kind\tiata\ticao\tname\tzone\trank");

    /// <summary>Tables in the order in which they are asked, active rows first.</summary>
    private static int Rank(ReferenceSource source, bool isActive) => (2 * (int)source) + (isActive ? 0 : 1);

    private static IEnumerable<string> Aliases() =>
        FieldTable.All.SelectMany(info => info.Aliases.Prepend(info.Name.Replace("_", "", StringComparison.Ordinal))
                .Select((spelling, rank) => string.Create(CultureInfo.InvariantCulture, $"{spelling},{info.Name},{rank}")))
            .Prepend("spelling,field,rank");
}
