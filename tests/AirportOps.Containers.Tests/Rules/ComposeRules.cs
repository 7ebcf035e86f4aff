using System.Text.RegularExpressions;

namespace AirportOps.Containers.Tests.Rules;

/// <summary>What a compose file of ours must keep to.</summary>
internal static partial class ComposeRules
{
    /// <summary>The keys of a service that ours use; another one is a slip of the pen until it is added here.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "image", "build", "platform", "command", "user", "environment", "ports", "volumes", "tmpfs", "shm_size", "healthcheck", "depends_on",
        "read_only", "cap_drop", "security_opt", "restart", "stop_grace_period",
    };

    /// <summary>Passwords that may stand in the file: they open containers of this file, on loopback.</summary>
    private static readonly HashSet<string> Dummies = new(StringComparer.Ordinal) { "emulator", "laptop" };

    private static readonly HashSet<string> Conditions = new(StringComparer.Ordinal) { "service_healthy", "service_completed_successfully" };

    /// <summary>Everything that a compose file breaks, a line each; empty when it is in order.</summary>
    internal static IReadOnlyList<string> Faults(ComposeFile file) => [.. file.Services.Values.SelectMany(service => Faults(service, file).Select(fault => $"{service.Name}: {fault}"))];

    private static IEnumerable<string> Faults(ComposeService service, ComposeFile file)
    {
        foreach (var key in service.Keys.Except(Known))
        {
            yield return $"'{key}' is no key that the rules know";
        }

        if (service.Image is not { } image || !ImageName.IsPinned(image))
        {
            yield return $"image {service.Image}: pin the exact version or a digest";
        }

        if (!service.IsReadOnly)
        {
            yield return "read_only: true is missing";
        }

        if (!service.CapDrop.SequenceEqual(["ALL"]) || service.CapAdd.Count > 0)
        {
            yield return "cap_drop: [ALL] is missing, or a capability is added";
        }

        if (!service.SecurityOpt.Contains("no-new-privileges:true"))
        {
            yield return "security_opt: no-new-privileges:true is missing";
        }

        if (service.IsPrivileged)
        {
            yield return "it shares what is the machine's";
        }

        if (service.Build is null && (service.User is not { } user || user.StartsWith('0') || !user.Contains(':', StringComparison.Ordinal)))
        {
            yield return "user: give an ordinary one by number, as the image is another's";
        }

        foreach (var port in service.Ports.Where(port => !LoopbackPort().IsMatch(port)))
        {
            yield return $"port {port}: open it on 127.0.0.1 only";
        }

        foreach (var mount in service.Mounts.Where(mount => !file.Volumes.Contains(mount.Split(':')[0])))
        {
            yield return $"volume {mount}: it is not declared, or a folder of the machine";
        }

        if (service.HealthCheck is not ["CMD", _, ..] && !(service.IsHealthCheckDisabled && service.Restart == "no"))
        {
            yield return "healthcheck: give one in exec form; only what ends by itself goes without";
        }

        foreach (var (variable, _) in service.Environment.Where(pair => Secret().IsMatch(pair.Key) && !Dummies.Contains(pair.Value)))
        {
            yield return $"{variable}: only what opens nothing but an emulator may stand here";
        }

        foreach (var (name, condition) in service.DependsOn)
        {
            if (!file.Services.TryGetValue(name, out var other))
            {
                yield return $"depends_on {name}: there is no such service";
            }
            else if (!Conditions.Contains(condition) || (condition == "service_healthy") == other.IsHealthCheckDisabled)
            {
                yield return $"depends_on {name}: wait until it is healthy, or until it has ended if it does";
            }
        }
    }

    [GeneratedRegex(@"^127\.0\.0\.1:\d+:\d+$")]
    private static partial Regex LoopbackPort();

    [GeneratedRegex("SECRET|PASSWORD|TOKEN|_KEY")]
    private static partial Regex Secret();
}
