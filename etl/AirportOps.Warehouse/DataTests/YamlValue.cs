using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AirportOps.Warehouse.DataTests;

/// <summary>A node of a declaration, which reads as what is wanted or is refused with its line.</summary>
/// <param name="file">The file, for messages.</param>
/// <param name="node">The node.</param>
internal sealed partial class YamlValue(string file, YamlNode node)
{
    /// <summary>The number of the line it starts in.</summary>
    internal int Line => (int)node.Start.Line;

    /// <summary>Whether it is a single value, not a list and not names with values.</summary>
    internal bool IsScalar => node is YamlScalarNode;

    /// <summary>The content of a file; null for one that has none.</summary>
    /// <exception cref="DataTestException">It is not YAML, or more than one document.</exception>
    internal static YamlValue? Parse(string file, string text)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException wrong)
        {
            throw new DataTestException(file, (int)wrong.Start.Line, $"This is no YAML: {wrong.Message}", wrong);
        }

        return yaml.Documents switch
        {
            [] => null,
            [var only] => new YamlValue(file, only.RootNode),
            [_, var second, ..] => throw new DataTestException(file, (int)second.RootNode.Start.Line, "A second document starts here. Put it into a file of its own.", null),
        };
    }

    /// <summary>Its values by name; names other than these are refused.</summary>
    internal Dictionary<string, YamlValue> Map(params ReadOnlySpan<string> names)
    {
        if (node is YamlScalarNode { Value: "" or null })
        {
            return [];
        }

        if (node is not YamlMappingNode mapping)
        {
            throw Wrong($"Expected {string.Join(", ", names)} with values.");
        }

        var map = new Dictionary<string, YamlValue>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!names.Contains(name))
            {
                throw new YamlValue(file, key).Wrong($"'{name}' means nothing here; expected one of {string.Join(", ", names)}.");
            }

            map.Add(name, new YamlValue(file, value));
        }

        return map;
    }

    /// <summary>Its only name and that one's value: <c>range: {min: 0}</c>; a plain word is a name without a value.</summary>
    internal (string Name, YamlValue Value) Single() => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } word } => (word, new YamlValue(file, new YamlScalarNode(""))),
        YamlMappingNode { Children: { Count: 1 } children } when children.First() is { Key: YamlScalarNode { Value: { } name } } only =>
            (name, new YamlValue(file, only.Value)),
        _ => throw Wrong("Expected one kind of test, alone or with its values."),
    };

    /// <summary>Its elements; a single value is a list of one.</summary>
    internal IReadOnlyList<YamlValue> List() => node switch
    {
        YamlSequenceNode list => [.. list.Children.Select(child => new YamlValue(file, child))],
        YamlScalarNode { Value.Length: > 0 } => [this],
        _ => throw Wrong("Expected a list."),
    };

    /// <summary>Its text, which is not empty.</summary>
    internal string Text() => node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Wrong("Expected a word.");

    /// <summary>The name of a column: small letters, digits and underscores.</summary>
    internal string Column() => ColumnName().IsMatch(Text()) ? Text() : throw Wrong($"'{Text()}' is no name of a column.");

    /// <summary>The name of a table with its schema, <c>gold.fact_flight</c>.</summary>
    internal string Table() => Text().Split('.') is [var schema, var table] && ColumnName().IsMatch(schema) && ColumnName().IsMatch(table)
        ? Text()
        : throw Wrong($"'{Text()}' is no schema.table.");

    /// <summary>A value to compare with: a whole number, a decimal or an instant (<c>2000-01-01T00:00:00Z</c>) where it is unquoted and one, else text.</summary>
    internal object Constant()
    {
        var text = Text();
        return node is YamlScalarNode { Style: ScalarStyle.Plain } ? Plain(text) : text;
    }

    /// <summary>A length of time, as <c>90s</c>, <c>15m</c>, <c>24h</c> or <c>7d</c>.</summary>
    internal TimeSpan Duration()
    {
        var text = Text();
        return int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => throw Wrong($"'{text}' is no length of time; expected a number and s, m, h or d."),
            }
            : throw Wrong($"'{text}' is no length of time; expected a number and s, m, h or d.");
    }

    /// <summary>The exception that blames this line.</summary>
    internal DataTestException Wrong(string problem) => new(file, Line, problem, null);

    private static object Plain(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : DateTime.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant
        : text;

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex ColumnName();
}
