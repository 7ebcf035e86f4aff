namespace AirportOps.Containers.Tests.Rules;

/// <summary>A service of a compose file.</summary>
/// <param name="name">Its name.</param>
/// <param name="node">What stands below the name.</param>
internal sealed class ComposeService(string name, Dictionary<object, object?> node)
{
    internal string Name => name;

    internal string? Image => Scalar("image");

    /// <summary>The folder that its image is built from; null for an image of others.</summary>
    internal string? Build => Scalar("build");

    internal string? User => Scalar("user");

    internal string? Restart => Scalar("restart");

    internal string? StopGracePeriod => Scalar("stop_grace_period");

    internal bool IsReadOnly => Scalar("read_only") == "true";

    internal bool IsPrivileged => Scalar("privileged") == "true" || Scalar("network_mode") == "host" || Scalar("pid") == "host";

    internal IReadOnlyList<string> Command => List("command");

    internal IReadOnlyList<string> CapDrop => List("cap_drop");

    internal IReadOnlyList<string> CapAdd => List("cap_add");

    internal IReadOnlyList<string> SecurityOpt => List("security_opt");

    internal IReadOnlyList<string> Ports => List("ports");

    internal IReadOnlyList<string> Mounts => List("volumes");

    internal IReadOnlyList<string> Tmpfs => List("tmpfs");

    internal IReadOnlyDictionary<string, string> Environment =>
        ComposeFile.Map(node, "environment").ToDictionary(pair => ComposeFile.Text(pair.Key), pair => ComposeFile.Text(pair.Value), StringComparer.Ordinal);

    /// <summary>Words of the health check; empty without one.</summary>
    internal IReadOnlyList<string> HealthCheck => Strings(ComposeFile.Map(node, "healthcheck").GetValueOrDefault("test"));

    internal bool IsHealthCheckDisabled => ComposeFile.Text(ComposeFile.Map(node, "healthcheck").GetValueOrDefault("disable")) == "true";

    /// <summary>What it waits for: service and condition; the condition is empty where none is given.</summary>
    internal IReadOnlyDictionary<string, string> DependsOn => node.GetValueOrDefault("depends_on") is List<object> names
        ? names.ToDictionary(ComposeFile.Text, _ => string.Empty, StringComparer.Ordinal)
        : ComposeFile.Map(node, "depends_on").ToDictionary(
            pair => ComposeFile.Text(pair.Key),
            pair => ComposeFile.Text((pair.Value as Dictionary<object, object?>)?.GetValueOrDefault("condition")),
            StringComparer.Ordinal);

    /// <summary>Keys that are there.</summary>
    internal IReadOnlySet<string> Keys => node.Keys.Select(ComposeFile.Text).ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyList<string> Strings(object? value) => value is List<object> items ? [.. items.Select(ComposeFile.Text)] : [];

    private string? Scalar(string key) => node.GetValueOrDefault(key) is string text ? text : null;

    private IReadOnlyList<string> List(string key) => Strings(node.GetValueOrDefault(key));
}
