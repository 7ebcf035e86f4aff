namespace AirportOps.Aws.Redshift;

/// <summary>How SQL gets to Redshift.</summary>
public enum RedshiftRoute
{
    /// <summary>The Data API: over HTTPS, without a network path to the warehouse.</summary>
    DataApi,

    /// <summary>PostgreSQL's wire protocol, by Npgsql.</summary>
    Npgsql,
}
