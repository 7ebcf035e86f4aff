using AirportOps.Aws.Connecting;
using AirportOps.Lake;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Lakes;

/// <summary>A bucket and a prefix in it, and how calls about it go on through trouble. Safe for concurrent use.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Root">What stands before every key: empty, or ending in a slash.</param>
/// <param name="Endpoint">Where the service is; null for AWS's own.</param>
/// <param name="Options">How it is used.</param>
/// <param name="Logger">Told of trouble that is waited out.</param>
/// <param name="Clock">Waits.</param>
internal sealed record S3Place(string Bucket, string Root, string? Endpoint, S3LakeOptions Options, ILogger Logger, TimeProvider Clock)
{
    private readonly AwsCalls _calls = new(
        $"lake {LocationOf(Bucket, Root)}",
        new RetryOptions { FirstDelay = Options.RetryDelay, MaxDelay = S3LakeOptions.MaxRetryDelay, FaultOf = AwsFailure.FaultOfCall },
        Logger,
        Clock);

    /// <summary>The lake as a URI.</summary>
    public string Location => LocationOf(Bucket, Root);

    /// <summary>
    /// Makes a call again and again while it meets trouble that passes: throttling however long it lasts, an outage for
    /// <see cref="S3LakeOptions.Patience"/>. Only for calls that may be repeated, whatever became of the ones before.
    /// </summary>
    /// <param name="action">As policies name it, for instance <c>s3:GetObject</c>.</param>
    /// <param name="key">What it is about; null for the bucket.</param>
    /// <param name="call">The call; an exception that is no trouble with AWS passes through.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="LakeException">Waiting does not help, or has been tried long enough.</exception>
    public Task<T> CallAsync<T>(string action, string? key, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(action, key, call, Options.Patience, cancellationToken);

    /// <summary>The same with a patience of its own for outages.</summary>
    public Task<T> CallAsync<T>(
        string action, string? key, Func<CancellationToken, Task<T>> call, TimeSpan patience, CancellationToken cancellationToken) => _calls.CallAsync(
        call, exception => Describe(exception, action, key), _ => patience, Failure, cancellationToken);

    /// <summary>What went wrong with a call.</summary>
    public AwsTrouble Describe(Exception exception, string action, string? key) =>
        AwsTrouble.Of(exception, action, key is null ? $"bucket {Bucket}" : $"{Bucket}/{Root}{key}", Endpoint);

    /// <summary>The exception of a trouble.</summary>
    public LakeException Failure(AwsTrouble trouble, Exception exception) =>
        new($"The lake {Location} can't be used: {trouble.Cause}.", trouble.Fault, exception);

    private static string LocationOf(string bucket, string root) => $"s3://{bucket}/{root}".TrimEnd('/');
}
