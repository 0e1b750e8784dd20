using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>Makes the maps that are built in.</summary>
internal static class MapCompiler
{
    /// <summary>The map, checked and ready to be applied.</summary>
    /// <param name="spec">What was asked for.</param>
    /// <param name="argument">Name of the argument that it is a member of, for messages.</param>
    public static IFixedPointMap Compile(FixedPointMapSpec spec, string argument) => spec switch
    {
        FixedPointMapSpec.Linear linear => new LinearMap(linear, argument + "/map"),
        FixedPointMapSpec.LoadCoupling coupling => new LoadCouplingMap(coupling.Network, argument + "/map/network"),
        FixedPointMapSpec.Expression expression => new ExpressionMap(expression, argument + "/map"),
        _ => throw new InvalidInputException(argument + "/map", "is not a map that is known"),
    };
}
