namespace AirportOps.Warehouse.Redshift;

/// <summary>How Redshift reaches the lake.</summary>
public sealed record RedshiftLoadOptions
{
    /// <summary>The lake's address, <c>s3://BUCKET</c> or <c>s3://BUCKET/PREFIX</c>, in the warehouse's region.</summary>
    public required string LakeUri { get; init; }

    /// <summary>The role that reads it, its ARN; <c>default</c>, if nothing is said, is the warehouse's own.</summary>
    public string IamRole { get; init; } = "default";
}
