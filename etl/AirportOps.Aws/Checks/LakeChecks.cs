using System.Net;
using AirportOps.Aws.Lakes;
using Amazon.S3;
using Amazon.S3.Model;

namespace AirportOps.Aws.Checks;

/// <summary>What is needed of a bucket. One small object is put under <c>doctor/</c> and removed.</summary>
internal static class LakeChecks
{
    private const string Readers = "bronze, silver, load, gold test, run, verify";
    private const string Writers = "bronze, silver, run";

    /// <summary>The checks.</summary>
    /// <param name="client">S3.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="root">What stands before every key: empty, or ending in a slash.</param>
    /// <param name="options">The key and the owner.</param>
    /// <param name="identity">Names the partition of the ARNs.</param>
    internal static IEnumerable<AwsCheck> Of(IAmazonS3 client, string bucket, string root, S3LakeOptions options, AwsIdentity identity)
    {
        var ofBucket = $"arn:{identity.Partition}:s3:::{bucket}";
        var ofObjects = $"{ofBucket}/{root}*";
        var (owner, probe) = (options.ExpectedBucketOwner, $"{root}doctor/{Guid.NewGuid():N}");
        yield return new AwsCheck("s3:ListBucket", ofBucket, Readers, token => client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket, Prefix = root, MaxKeys = 1, ExpectedBucketOwner = owner }, token));
        yield return new AwsCheck("s3:PutObject", ofObjects, Writers, token => PutAsync(client, bucket, probe, options, token));
        yield return new AwsCheck("s3:GetObject", ofObjects, Readers, token => GetAsync(client, bucket, probe, owner, token));
        yield return new AwsCheck("s3:AbortMultipartUpload", ofObjects, Writers, token => AbortAsync(client, bucket, probe, owner, token));
        yield return new AwsCheck("s3:DeleteObject", ofObjects, Writers, token => client.DeleteObjectAsync(
            new DeleteObjectRequest { BucketName = bucket, Key = probe, ExpectedBucketOwner = owner }, token));
    }

    private static async Task PutAsync(IAmazonS3 client, string bucket, string key, S3LakeOptions options, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "doctor", ExpectedBucketOwner = options.ExpectedBucketOwner };
        if (options.KmsKeyId is { } kmsKey)
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
            request.ServerSideEncryptionKeyManagementServiceKeyId = kmsKey;
        }

        await client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task GetAsync(IAmazonS3 client, string bucket, string key, string? owner, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = key, ExpectedBucketOwner = owner }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
        {
            // It could not be put; that it is not there is told to those alone who may read.
        }
    }

    private static async Task AbortAsync(IAmazonS3 client, string bucket, string key, string? owner, CancellationToken cancellationToken)
    {
        try
        {
            await client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = "doctor", ExpectedBucketOwner = owner }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest && missing.ErrorCode != "NoSuchBucket")
        {
            // There is no such upload, as meant.
        }
    }
}
