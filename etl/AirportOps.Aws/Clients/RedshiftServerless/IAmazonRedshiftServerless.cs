using Amazon.RedshiftServerless.Model;

namespace Amazon.RedshiftServerless;

/// <summary>
/// Amazon Redshift Serverless, as far as it is used here
/// (<see href="https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/">reference</see>).
/// </summary>
public interface IAmazonRedshiftServerless : IDisposable
{
    /// <summary>Gives a name and a password for a while.</summary>
    Task<GetCredentialsResponse> GetCredentialsAsync(GetCredentialsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Describes a workgroup.</summary>
    Task<GetWorkgroupResponse> GetWorkgroupAsync(GetWorkgroupRequest request, CancellationToken cancellationToken = default);
}
