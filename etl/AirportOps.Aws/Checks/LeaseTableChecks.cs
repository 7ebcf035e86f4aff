using AirportOps.Aws.Leases;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace AirportOps.Aws.Checks;

/// <summary>What is needed of a table of leases. Nothing is written: no item meets the conditions.</summary>
internal static class LeaseTableChecks
{
    private const string Workers = "bronze, silver, run";
    private const string Never = "attribute_exists(airportops_doctor)";

    /// <summary>A key that no lease has.</summary>
    private static Dictionary<string, AttributeValue> NoLease => new() { [LeaseItem.Key] = new AttributeValue("airportops doctor") };

    /// <summary>The checks.</summary>
    internal static IEnumerable<AwsCheck> Of(IAmazonDynamoDB client, string table, AwsIdentity identity)
    {
        var resource = identity.ArnOf("dynamodb", $"table/{table}");
        yield return new AwsCheck("dynamodb:DescribeTable", resource, Workers, token =>
            client.DescribeTableAsync(new DescribeTableRequest { TableName = table }, token));
        yield return new AwsCheck("dynamodb:Scan", resource, Workers, token =>
            client.ScanAsync(new ScanRequest { TableName = table, Limit = 1 }, token));
        yield return new AwsCheck("dynamodb:UpdateItem", resource, Workers, token => NeverAsync(() => client.UpdateItemAsync(
            new UpdateItemRequest { TableName = table, Key = NoLease, UpdateExpression = "REMOVE airportops_doctor", ConditionExpression = Never }, token)));
        yield return new AwsCheck("dynamodb:DeleteItem", resource, Workers, token => NeverAsync(() => client.DeleteItemAsync(
            new DeleteItemRequest { TableName = table, Key = NoLease, ConditionExpression = Never }, token)));
    }

    private static async Task NeverAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException)
        {
            // As meant.
        }
    }
}
