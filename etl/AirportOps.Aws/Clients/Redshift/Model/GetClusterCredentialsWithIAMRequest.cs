namespace Amazon.Redshift.Model;

/// <summary>Asks for a name and a password for the caller's own identity.</summary>
public sealed class GetClusterCredentialsWithIAMRequest : AmazonRedshiftRequest
{
    /// <summary>The cluster.</summary>
    public string? ClusterIdentifier { get; set; }

    /// <summary>The database; the password is good for it alone.</summary>
    public string? DbName { get; set; }

    /// <summary>How long it is good for, 900 to 3600; default 900.</summary>
    public int? DurationSeconds { get; set; }
}
