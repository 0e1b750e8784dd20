namespace RanCognition.Tests.Memory.Sharing;

/// <summary>Tests that share one server, one after the other: some of them kill it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServerHolder>
{
    public const string Name = "PostgreSQL";
}
