namespace AirportOps.Parquet.Tests.Support;

/// <summary>Seeded columns of every type, null pattern and number of different values.</summary>
internal static class RandomColumns
{
    private static readonly string[] Words =
        ["", "a", "JFK", "délayed", "N12345", "a string of more than sixteen bytes", "\0", "\U0001F6EB takeoff", new string('x', 300)];

    internal static ParquetType[] Types { get; } = Enum.GetValues<ParquetType>();

    /// <summary>A column of every type, for each way that nulls and values can lie.</summary>
    internal static TestColumn[] Table(Random random, int rows) =>
    [
        .. Types.SelectMany(type => Enum.GetValues<Nulls>().Select(nulls =>
        {
            var distinct = random.Next(3) switch { 0 => 1, 1 => random.Next(2, 300), _ => int.MaxValue };
            return Column($"{type}_{nulls}", type, nulls, rows, distinct, random);
        })),
    ];

    internal static TestColumn Column(string name, ParquetType type, Nulls nulls, int rows, int distinct, Random random)
    {
        var values = new object?[rows];
        var run = 0;
        var inRun = false;
        for (var row = 0; row < rows; row++)
        {
            if (run-- == 0)
            {
                run = random.Next(100);
                inRun = !inRun;
            }

            var isNull = nulls switch
            {
                Nulls.None or Nulls.Required => false,
                Nulls.All => true,
                Nulls.Random => random.Next(3) == 0,
                Nulls.Runs => inRun,
                _ => row % 2 == 0,
            };
            values[row] = isNull ? null : Value(type, random, distinct);
        }

        return new TestColumn(name, type, values, nulls != Nulls.Required);
    }

    private static object Value(ParquetType type, Random random, int distinct)
    {
        if (distinct != int.MaxValue)
        {
            random = new Random(random.Next(distinct));
        }

        return type switch
        {
            ParquetType.Int32 => random.Next(4) switch { 0 => int.MinValue, 1 => int.MaxValue, _ => random.Next(int.MinValue, int.MaxValue) },
            ParquetType.Date => random.Next(-719_162, 2_932_897),
            ParquetType.Int64 => random.Next(4) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => random.NextInt64(long.MinValue, long.MaxValue) },
            ParquetType.TimestampMicros => random.NextInt64(-62_135_596_800_000_000, 253_402_300_799_999_999),
            ParquetType.Double => random.Next(8) switch { 0 => -0.0, 1 => 0.0, 2 => double.MaxValue, 3 => double.Epsilon, _ => random.NextDouble() * 200 },
            _ => Words[random.Next(Words.Length)] + (random.Next(2) == 0 ? random.Next() : ""),
        };
    }

    /// <summary>How nulls lie in a column.</summary>
    internal enum Nulls
    {
        Required,
        None,
        All,
        Random,
        Runs,
        Alternating,
    }
}
