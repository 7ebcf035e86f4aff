namespace AirportOps.Pipeline.Verification;

/// <summary>Counts differences and keeps the first few of each kind spelled out.</summary>
internal sealed class DifferenceList
{
    private const int SpelledPerKind = 5;

    private readonly Dictionary<string, int> _byKind = new(StringComparer.Ordinal);
    private readonly List<string> _spelled = [];

    /// <summary>Differences in all.</summary>
    internal long Count { get; private set; }

    /// <summary>The first ones of each kind.</summary>
    internal IReadOnlyList<string> Spelled => _spelled;

    /// <summary>Adds one text that stands for so many differences.</summary>
    internal void Add(string kind, string text, long count = 1)
    {
        Count += count;
        var ofKind = _byKind[kind] = _byKind.GetValueOrDefault(kind) + 1;
        if (ofKind <= SpelledPerKind)
        {
            _spelled.Add(text);
        }
    }
}
