using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace AirportOps.Aws.Checks;

/// <summary>What is needed of a table of leases, whatever its keys are called. Nothing is written: no item meets the conditions.</summary>
internal static class LeaseTableChecks
{
    private const string Workers = "silver, run";
    private const string Never = "attribute_exists(airportops_doctor)";

    /// <summary>The checks; the first finds the key's names for the others.</summary>
    internal static IEnumerable<AwsCheck> Of(IAmazonDynamoDB client, string table, AwsIdentity identity)
    {
        const string Describe = "dynamodb:DescribeTable";
        var resource = identity.ArnOf("dynamodb", $"table/{table}");
        Dictionary<string, AttributeValue> key = [];
        yield return new AwsCheck(Describe, resource, Workers, async token => key = KeyOf(
            (await client.DescribeTableAsync(new DescribeTableRequest { TableName = table }, token).ConfigureAwait(false)).Table));
        yield return new AwsCheck("dynamodb:GetItem", resource, Workers, token =>
            client.GetItemAsync(new GetItemRequest { TableName = table, Key = key }, token)) { After = Describe };
        yield return new AwsCheck("dynamodb:Scan", resource, Workers, token =>
            client.ScanAsync(new ScanRequest { TableName = table, Limit = 1 }, token)) { After = Describe };
        yield return new AwsCheck("dynamodb:PutItem", resource, Workers, token => NeverAsync(
            () => client.PutItemAsync(new PutItemRequest { TableName = table, Item = key, ConditionExpression = Never }, token))) { After = Describe };
        yield return new AwsCheck("dynamodb:UpdateItem", resource, Workers, token => NeverAsync(
            () => client.UpdateItemAsync(
                new UpdateItemRequest { TableName = table, Key = key, UpdateExpression = "REMOVE airportops_doctor", ConditionExpression = Never },
                token))) { After = Describe };
        yield return new AwsCheck("dynamodb:DeleteItem", resource, Workers, token => NeverAsync(
            () => client.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = key, ConditionExpression = Never }, token))) { After = Describe };
    }

    /// <summary>A key that no lease has.</summary>
    private static Dictionary<string, AttributeValue> KeyOf(TableDescription table) => table.KeySchema.ToDictionary(
        element => element.AttributeName,
        element => table.AttributeDefinitions.Find(attribute => attribute.AttributeName == element.AttributeName)?.AttributeType == ScalarAttributeType.N
            ? new AttributeValue { N = "-1" }
            : new AttributeValue { S = "airportops doctor" });

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
