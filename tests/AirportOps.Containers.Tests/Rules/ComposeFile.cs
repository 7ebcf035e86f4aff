using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace AirportOps.Containers.Tests.Rules;

/// <summary>A compose file with its anchors and merges resolved.</summary>
/// <param name="services">Services by name.</param>
/// <param name="volumes">Names of volumes.</param>
internal sealed class ComposeFile(IReadOnlyDictionary<string, ComposeService> services, IReadOnlySet<string> volumes)
{
    /// <summary>Services by name.</summary>
    internal IReadOnlyDictionary<string, ComposeService> Services => services;

    /// <summary>Names of volumes.</summary>
    internal IReadOnlySet<string> Volumes => volumes;

    /// <summary>Reads a compose file.</summary>
    /// <exception cref="YamlException">It is no YAML.</exception>
    internal static ComposeFile Parse(string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(parser);
        return new ComposeFile(
            Map(root, "services").ToDictionary(pair => Text(pair.Key), pair => new ComposeService(Text(pair.Key), (Dictionary<object, object?>)pair.Value!), StringComparer.Ordinal),
            Map(root, "volumes").Keys.Select(Text).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A scalar as text.</summary>
    internal static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>A map below a key; empty without it.</summary>
    internal static Dictionary<object, object?> Map(Dictionary<object, object?> node, string key) => node.GetValueOrDefault(key) as Dictionary<object, object?> ?? [];
}
