namespace Amazon.Redshift.Model;

/// <summary>Asks for a database user's password.</summary>
public sealed class GetClusterCredentialsRequest : AmazonRedshiftRequest
{
    /// <summary>Whether to make the user when there is none.</summary>
    public bool? AutoCreate { get; set; }

    /// <summary>The cluster.</summary>
    public string? ClusterIdentifier { get; set; }

    /// <summary>The database; the password is good for it alone.</summary>
    public string? DbName { get; set; }

    /// <summary>The user.</summary>
    public string? DbUser { get; set; }

    /// <summary>How long it is good for, 900 to 3600; default 900.</summary>
    public int? DurationSeconds { get; set; }
}
