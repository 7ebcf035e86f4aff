using AirportOps.Aws.Lakes;
using AirportOps.Aws.Tests.Emulators;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests.S3;

/// <summary>Buckets on an emulator.</summary>
internal static class TestBucket
{
    /// <summary>Creates an empty bucket.</summary>
    /// <returns>Its name.</returns>
    public static async Task<string> CreateAsync(Uri emulator)
    {
        using var client = TestAws.Clients(emulator).S3();
        var name = $"test-{Guid.NewGuid():N}";
        await client.PutBucketAsync(new PutBucketRequest { BucketName = name }, TestContext.Current.CancellationToken);
        return name;
    }

    public static S3Lake Open(Uri endpoint, string place, S3LakeOptions? options = null, ILogger? logger = null, TimeProvider? clock = null) => S3Lake.Open(
        place,
        TestAws.Options(endpoint) with { MaxAttempts = 1 },
        options ?? new S3LakeOptions { RetryDelay = TimeSpan.FromMilliseconds(1) },
        logger ?? NullLogger.Instance,
        clock ?? TimeProvider.System);
}
