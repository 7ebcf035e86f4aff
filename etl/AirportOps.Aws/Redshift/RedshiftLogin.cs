namespace AirportOps.Aws.Redshift;

/// <summary>What Npgsql logs in with.</summary>
/// <param name="Host">The host.</param>
/// <param name="Port">The port.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The password.</param>
public sealed record RedshiftLogin(string Host, int Port, string User, string Password)
{
    /// <summary>Where, and no secret: records print themselves.</summary>
    public override string ToString() => $"{User} at {Host}:{Port}";
}
