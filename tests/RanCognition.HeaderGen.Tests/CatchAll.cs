using System.Reflection;
using System.Reflection.Emit;

namespace RanCognition.Tests.HeaderGen;

/// <summary>Reads a method's IL: is everything it does inside one try whose catch takes System.Exception?</summary>
internal static class CatchAll
{
    /// <summary>The only calls that a handler may make; both are written not to throw.</summary>
    private static readonly string[] AllowedInHandler = ["Failure.Record", "ResultBuffer.WriteError"];

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>The reason why not, or null when it is.</summary>
    public static string? WhyNot(MethodInfo method)
    {
        MethodBody body = method.GetMethodBody()!;
        byte[] il = body.GetILAsByteArray()!;
        ExceptionHandlingClause? outer = body.ExceptionHandlingClauses
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType == typeof(Exception))
            .OrderByDescending(clause => clause.TryLength)
            .FirstOrDefault();
        if (outer is null)
        {
            return "no catch of System.Exception";
        }
        int handlerEnd = outer.HandlerOffset + outer.HandlerLength;
        foreach ((int offset, OpCode code, int token) in Instructions(il))
        {
            bool inTry = offset >= outer.TryOffset && offset < outer.TryOffset + outer.TryLength;
            bool inHandler = offset >= outer.HandlerOffset && offset < handlerEnd;
            if (inTry)
            {
                continue;
            }
            if (inHandler)
            {
                if (code.FlowControl == FlowControl.Throw)
                {
                    return "its handler throws";
                }
                if (code.FlowControl == FlowControl.Call)
                {
                    MethodBase called = method.Module.ResolveMethod(token)!;
                    string name = $"{called.DeclaringType!.Name}.{called.Name}";
                    if (!AllowedInHandler.Contains(name))
                    {
                        return $"its handler calls {name}";
                    }
                }
                continue;
            }
            // Outside: only what the compiler needs to hand the result out.
            bool harmless = code == OpCodes.Nop || code == OpCodes.Ret || code == OpCodes.Br_S || code == OpCodes.Br
                || code.Name!.StartsWith("ldloc", StringComparison.Ordinal) || code.Name.StartsWith("stloc", StringComparison.Ordinal);
            if (!harmless)
            {
                return $"{code.Name} {(offset < outer.TryOffset ? "before its try" : "after its try")}";
            }
        }
        return null;
    }

    private static IEnumerable<(int Offset, OpCode Code, int Token)> Instructions(byte[] il)
    {
        int at = 0;
        while (at < il.Length)
        {
            int start = at;
            int value = il[at++];
            if (value == 0xFE)
            {
                value = (value << 8) | il[at++];
            }
            OpCode code = OpCodesByValue[value];
            int size = code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
            yield return (start, code, size == 4 ? BitConverter.ToInt32(il, at) : 0);
            at += size;
        }
    }
}
