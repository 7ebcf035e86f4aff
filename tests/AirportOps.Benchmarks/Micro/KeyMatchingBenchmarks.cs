using System.Text;
using AirportOps.Benchmarks.Input;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Text;
using BenchmarkDotNet.Attributes;

namespace AirportOps.Benchmarks.Micro;

/// <summary>Which field a key stands for: 20,000 keys as they come, one call a key.</summary>
public class KeyMatchingBenchmarks
{
    private const int KeyCount = 20_000;

    private static readonly Dictionary<string, Field> ByName = FieldTable.All
        .SelectMany(info => info.Aliases.Prepend(info.Name.Replace("_", "", StringComparison.Ordinal)).Select(alias => (alias, info.Field)))
        .ToDictionary(pair => pair.alias, pair => pair.Field, StringComparer.Ordinal);

    private byte[][] _keys = [];

    [GlobalSetup]
    public void Setup() => _keys = [.. SampleRecords.Keys(SampleRecords.Make(4_000, 0.3)).Take(KeyCount)];

    [Benchmark(Baseline = true, OperationsPerInvoke = KeyCount, Description = "string, lower case, Dictionary")]
    public int Naive()
    {
        var found = 0;
        foreach (var key in _keys)
        {
            var letters = Encoding.UTF8.GetString(key).Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant);
            found += ByName.ContainsKey(string.Concat(letters)) ? 1 : 0;
        }

        return found;
    }

    [Benchmark(OperationsPerInvoke = KeyCount, Description = "KeyTable")]
    public int Ours()
    {
        Span<byte> normalised = stackalloc byte[KeyTable.LongestKey];
        var found = 0;
        foreach (var key in _keys)
        {
            if (KeyTable.TryFindExact(key, out _))
            {
                found++;
                continue;
            }

            var length = KeyText.Normalise(key, normalised);
            found += length >= 0 && KeyTable.TryFind(normalised[..length], out _, out _) ? 1 : 0;
        }

        return found;
    }
}
