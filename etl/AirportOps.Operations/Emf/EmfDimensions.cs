namespace AirportOps.Operations.Emf;

/// <summary>
/// The dimensions of a measurement: few, so that metrics stay few. <c>Stage</c> and <c>Stream</c> always, where they are there; under these, and under them with
/// <c>Reason</c> or <c>Shard</c> besides, a metric is found. Other tags are left out.
/// </summary>
/// <param name="Values">Name and value, in the order of the names' declaration here.</param>
/// <param name="Sets">The names under which the metric is found.</param>
internal sealed record EmfDimensions(IReadOnlyList<(string Name, string Value)> Values, IReadOnlyList<IReadOnlyList<string>> Sets)
{
    private static readonly string[] Always = ["stage", "stream"];
    private static readonly string[] WithReason = ["reason"];
    private static readonly string[] WithReasonAndShard = ["reason", "shard"];

    /// <summary>Names both, for comparing.</summary>
    internal string Key => string.Join('\n', Values.Select(pair => $"{pair.Name}={pair.Value}"));

    /// <summary>Finds the dimensions of tags.</summary>
    internal static EmfDimensions Of(ReadOnlySpan<KeyValuePair<string, object?>> tags, bool byShard)
    {
        var values = new List<(string, string)>();
        foreach (var name in Always)
        {
            Add(name, tags);
        }

        string[] always = [.. values.Select(pair => pair.Item1)];
        var sets = new List<IReadOnlyList<string>> { always };
        foreach (var name in byShard ? WithReasonAndShard : WithReason)
        {
            if (Add(name, tags))
            {
                sets.Add([.. always, values[^1].Item1]);
            }
        }

        return new EmfDimensions(values, sets);

        bool Add(string name, ReadOnlySpan<KeyValuePair<string, object?>> among)
        {
            foreach (var (key, value) in among)
            {
                if (key == name)
                {
                    values.Add((EmfNames.Pascal(name), EmfNames.DimensionValue(value)));
                    return true;
                }
            }

            return false;
        }
    }
}
