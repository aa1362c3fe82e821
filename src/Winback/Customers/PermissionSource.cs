namespace Winback.Customers;

/// <summary>What our permission to send marketing mail rests on.</summary>
public enum PermissionSource
{
    /// <summary>A permission column of an imported file, which says yes or no.</summary>
    Column,

    /// <summary>
    /// The customer exception (Telecommunicatiewet 11.7, third paragraph): the address came with a sale, the mail is about the owner's own
    /// similar products, and the customer could object then and can with every mail. Gives way to what a column said.
    /// </summary>
    CustomerException,
}
