using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>
/// AWS Secrets Manager, as far as it is used here
/// (<see href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/">reference</see>).
/// </summary>
public interface IAmazonSecretsManager : IDisposable
{
    /// <summary>Gives a secret.</summary>
    Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default);
}
