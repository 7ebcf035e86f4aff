using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.KinesisFirehose;
using Amazon.Redshift;
using Amazon.RedshiftDataAPIService;
using Amazon.RedshiftServerless;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SecurityToken;
using Amazon.SimpleNotificationService;

namespace AirportOps.Aws.Connecting;

/// <summary>Makes the services' clients, all configured alike. The clients are the caller's to dispose.</summary>
/// <param name="options">How AWS is reached.</param>
public sealed class AwsClients(AwsOptions options)
{
    private const string RegionWithoutOne = "us-east-1";

    private readonly IReadOnlyDictionary<string, Uri> _endpoints = AwsEndpoints.Parse(options.Endpoint);

    /// <summary>Kinesis Data Streams.</summary>
    public IAmazonKinesis Kinesis() => Make(
        new AmazonKinesisConfig(), "kinesis", config => new AmazonKinesisClient(config), (credentials, config) => new AmazonKinesisClient(credentials, config));

    /// <summary>Data Firehose.</summary>
    public IAmazonKinesisFirehose Firehose() => Make(
        new AmazonKinesisFirehoseConfig(),
        "firehose",
        config => new AmazonKinesisFirehoseClient(config),
        (credentials, config) => new AmazonKinesisFirehoseClient(credentials, config));

    /// <summary>The Redshift Data API.</summary>
    public IAmazonRedshiftDataAPIService RedshiftData() => Make(
        new AmazonRedshiftDataAPIServiceConfig(),
        "redshift-data",
        config => new AmazonRedshiftDataAPIServiceClient(config),
        (credentials, config) => new AmazonRedshiftDataAPIServiceClient(credentials, config));

    /// <summary>Redshift's provisioned clusters.</summary>
    public IAmazonRedshift Redshift() => Make(
        new AmazonRedshiftConfig(), "redshift", config => new AmazonRedshiftClient(config), (credentials, config) => new AmazonRedshiftClient(credentials, config));

    /// <summary>Redshift Serverless.</summary>
    public IAmazonRedshiftServerless RedshiftServerless() => Make(
        new AmazonRedshiftServerlessConfig(),
        "redshift-serverless",
        config => new AmazonRedshiftServerlessClient(config),
        (credentials, config) => new AmazonRedshiftServerlessClient(credentials, config));

    /// <summary>Secrets Manager.</summary>
    public IAmazonSecretsManager SecretsManager() => Make(
        new AmazonSecretsManagerConfig(),
        "secretsmanager",
        config => new AmazonSecretsManagerClient(config),
        (credentials, config) => new AmazonSecretsManagerClient(credentials, config));

    /// <summary>SNS.</summary>
    /// <param name="region">The region of the topics; null for the region in use.</param>
    public IAmazonSimpleNotificationService SimpleNotificationService(string? region = null) => Make(
        region is null
            ? new AmazonSimpleNotificationServiceConfig()
            : new AmazonSimpleNotificationServiceConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) },
        "sns",
        config => new AmazonSimpleNotificationServiceClient(config),
        (credentials, config) => new AmazonSimpleNotificationServiceClient(credentials, config));

    /// <summary>DynamoDB.</summary>
    public IAmazonDynamoDB DynamoDb() => Make(
        new AmazonDynamoDBConfig(), "dynamodb", config => new AmazonDynamoDBClient(config), (credentials, config) => new AmazonDynamoDBClient(credentials, config));

    /// <summary>The token service, which knows whose credentials are in use.</summary>
    public IAmazonSecurityTokenService SecurityToken() => Make(
        new AmazonSecurityTokenServiceConfig(),
        "sts",
        config => new AmazonSecurityTokenServiceClient(config),
        (credentials, config) => new AmazonSecurityTokenServiceClient(credentials, config));

    /// <summary>S3. Under an endpoint that is not AWS's own, a bucket stands in the path: hosts named BUCKET.ENDPOINT seldom resolve.</summary>
    public IAmazonS3 S3()
    {
        var config = Configure(new AmazonS3Config(), "s3");
        config.ForcePathStyle = config.ServiceURL is { Length: > 0 };
        return options.Credentials is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
    }

    private TClient Make<TConfig, TClient>(
        TConfig config, string service, Func<TConfig, TClient> withChain, Func<AWSCredentials, TConfig, TClient> withCredentials)
        where TConfig : ClientConfig
    {
        Configure(config, service);
        return options.Credentials is { } credentials ? withCredentials(credentials, config) : withChain(config);
    }

    private TConfig Configure<TConfig>(TConfig config, string service)
        where TConfig : ClientConfig
    {
        if (_endpoints.TryGetValue(service, out var endpoint) || _endpoints.TryGetValue(string.Empty, out endpoint))
        {
            config.ServiceURL = endpoint.AbsoluteUri;
        }

        if (config.ServiceURL is { Length: > 0 })
        {
            // Left alone, the SDK signs for us-east-1 under every endpoint that is not AWS's own, whatever the region is.
            config.AuthenticationRegion =
                FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName ?? RegionWithoutOne;
        }

        if (options.MaxAttempts is { } attempts)
        {
            config.MaxErrorRetry = attempts - 1;
        }

        return config;
    }
}
