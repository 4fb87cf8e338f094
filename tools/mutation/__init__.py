"""Mutation testing of the module that leases tasks: does a test notice when a line of it is wrong?"""
