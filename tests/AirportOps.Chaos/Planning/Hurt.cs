using System.Globalization;

namespace AirportOps.Chaos.Planning;

/// <summary>What can be done to a pipeline.</summary>
internal enum HurtKind
{
    /// <summary>A stage gets SIGKILL.</summary>
    Kill,

    /// <summary>A stage gets SIGSTOP, and SIGCONT later: a worker that comes back.</summary>
    Freeze,

    /// <summary>A stage gets SIGTERM, as at a deployment; it must end with 0.</summary>
    Stop,

    /// <summary>A stage is started once more beside itself, and killed later.</summary>
    Second,

    /// <summary>The source gets SIGKILL, and goes on behind what the stream has.</summary>
    Source,

    /// <summary>A verb that somebody types meanwhile gets SIGKILL.</summary>
    Verb,

    /// <summary>A process of PostgreSQL that serves a stage gets SIGKILL, as from a kernel that is short of memory.</summary>
    Backend,

    /// <summary>PostgreSQL's first process gets SIGKILL.</summary>
    Postmaster,

    /// <summary>PostgreSQL is stopped, in order or as by a crash.</summary>
    Server,

    /// <summary>PostgreSQL is away when the stages start. Only where it is a server of the round's own.</summary>
    Late,
}

/// <summary>One thing done to a pipeline.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When, from the start of the stages.</param>
/// <param name="For">How long it lasts: what is killed or stopped stays so, what is frozen stays frozen, a second one lives.</param>
/// <param name="Pick">Chooses the target among those there are, and where there are two ways, the way.</param>
internal sealed record Hurt(HurtKind Kind, TimeSpan At, TimeSpan For, int Pick)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind.ToString().ToLowerInvariant()} at {At.TotalSeconds:0.0} s for {For.TotalSeconds:0.0} s (pick {Pick})");
}
